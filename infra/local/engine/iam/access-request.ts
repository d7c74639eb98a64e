/** Condition keys in lower case with the values a request carries; an absent key was not in the request. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** One thing somebody wants to do to one resource; a call may be several. */
export interface AccessRequest {
  action: string;
  resource: string;
  context?: RequestContext | undefined;
}

/** Who asks: a role, a user, or an AWS service acting by itself. */
export type Principal = { type: 'iam'; arn: string } | { type: 'service'; name: string };
