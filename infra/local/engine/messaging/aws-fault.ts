/** A refusal in the words of the AWS API that was called. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly status: number;
  readonly code: string;
  /** The code the older query protocol used; SQS clients read it from a header. */
  readonly queryCode: string | undefined;
  /** What else the answer holds, such as the reasons of a cancelled transaction. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    queryCode?: string,
    fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.queryCode = queryCode;
    this.fields = fields;
  }
}
