import { AwsFault } from '../messaging/aws-fault.ts';
import { accessDenied } from './access-denied.ts';
import type { AccessRequest } from './access-request.ts';
import { decide } from './decide.ts';
import type { CompiledStatement } from './statement.ts';

/** Somebody with credentials: what the role says, and the name in a refusal. */
export interface Caller {
  /** The role, which policies name. */
  arn: string;
  /** The session under which the role is used, which refusals name. */
  sessionArn: string;
  policies: readonly CompiledStatement[];
}

export interface AccessControlOptions {
  /** By access key id. */
  callers: ReadonlyMap<string, Caller>;
  /** Policies of queues and buses, by ARN. */
  resources: ReadonlyMap<string, readonly CompiledStatement[]>;
  log: (line: string) => void;
}

/** Decides every call made with somebody's credentials. */
export class AccessControl {
  readonly #options: AccessControlOptions;

  constructor(options: AccessControlOptions) {
    this.#options = options;
  }

  /** Throws what the service would answer unless the caller may do all of it; the first that is denied is named. */
  check(accessKeyId: string | undefined, requests: readonly AccessRequest[]): void {
    const caller = this.#caller(accessKeyId);
    for (const request of requests) {
      const policies = { identity: caller.policies, resource: this.#options.resources.get(request.resource) ?? [] };
      const verdict = decide(policies, request, { type: 'iam', arn: caller.arn });
      if (verdict.type === 'allowed') continue;
      const fault = accessDenied(caller.sessionArn, request, verdict);
      this.#options.log(`${accessKeyId} was denied: ${fault.message}`);
      throw fault;
    }
  }

  #caller(accessKeyId: string | undefined): Caller {
    if (accessKeyId === undefined)
      throw new AwsFault(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    const caller = this.#options.callers.get(accessKeyId);
    if (caller !== undefined) return caller;
    throw new AwsFault(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
}
