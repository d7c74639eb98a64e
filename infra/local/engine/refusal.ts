/** The template or a call asks for something the local run does not do. Saying so beats running something else than what was asked. */
export class RefusedHere extends Error {
  override readonly name = 'RefusedHere';
  readonly subject: string;

  constructor(doing: string, subject: string, rule: string, got: unknown) {
    super(`cannot ${doing}: '${subject}' must ${rule}, got ${JSON.stringify(got) ?? 'nothing'}`);
    this.subject = subject;
  }
}
