type Output = Pick<NodeJS.WriteStream, 'on'>;

const isClosedPipe = (error: Error): boolean => 'code' in error && error.code === 'EPIPE';

const onClosed = (output: Output, end: () => void): void => {
  output.on('error', (error: Error) => {
    if (!isClosedPipe(error)) throw error;
    end();
  });
};

/**
 * Ends the program when whoever reads it has seen enough (`| head`): without a word, and as done, because npm has words for
 * every other exit code. Nobody reading the complaints is no reason to stop the work.
 */
export const endWithReader = (): void => {
  onClosed(process.stdout, () => process.exit(0));
  onClosed(process.stderr, () => undefined);
};
