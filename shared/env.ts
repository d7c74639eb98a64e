/**
 * Names shared by the construct that sets a variable and the function that reads it.
 * The construct that grants an access also sets its variable (infra/constructs).
 */
export const env = {
  table: 'TABLE_NAME',
  /** The table that keeps what no restore may undo. */
  erasureLog: 'ERASURE_LOG_TABLE',
  bus: 'BUS_NAME',
  enrolQueue: 'ENROL_QUEUE_URL',
  sendQueue: 'SEND_QUEUE_URL',
  reactRetryQueue: 'REACT_RETRY_QUEUE_URL',
  sweepQueue: 'SWEEP_QUEUE_URL',
  configurationSet: 'SES_CONFIGURATION_SET',
  /** The topic over which SES tells bounces and complaints a second time. */
  feedbackTopic: 'FEEDBACK_TOPIC_ARN',
  /** Prefix of this deployment's SSM parameters, for example `/perennial/prod`. */
  parameters: 'PARAMETER_PREFIX',
  /** Public base address of the HTTP API, for unsubscribe links; a store's own `baseUrl` wins. */
  apiUrl: 'API_URL',
  dueShards: 'DUE_SHARDS',
  counterShards: 'COUNTER_SHARDS',
  /** Customers a rebase hands on in a minute, at most. */
  rebasePerMinute: 'REBASE_PER_MINUTE',
} as const;

/**
 * All that a walk through the table reads of an item, in projection and filter: key, kind and dates. The role that walks may see
 * no more.
 */
export const walkedAttributes = ['pk', 'sk', 'entity', 'da', 'er', 'mi', 'u', 'a'] as const;

/** SSM parameter names below the deployment's prefix. */
export const parameterNames = {
  /** SecureString, 32 random bytes in base64: keys the address hashes and the unsubscribe tokens. */
  deploymentKey: (prefix: string): string => `${prefix}/deployment-key`,
  /** SecureString, JSON `{source: [current, previous?]}`: webhook secrets of one store. */
  storeSecrets: (prefix: string, store: string): string => `${prefix}/stores/${store}/secrets`,
  /** String or SecureString, made by the operator: `paused` stops all mail of the deployment, whatever is in the table. */
  sending: (prefix: string): string => `${prefix}/sending`,
  /** String, made by the stack: the table's name, for the operator's command line. */
  tableName: (prefix: string): string => `${prefix}/table-name`,
  /** String, made by the stack: the API's public address. */
  apiUrl: (prefix: string): string => `${prefix}/api-url`,
  /** String, made by the stack: the pace of a rebase, for rebases that the operator's command line begins. */
  rebasePerMinute: (prefix: string): string => `${prefix}/rebase-per-minute`,
} as const;

/** The value of the `sending` parameter that stops all mail. */
export const sendingPaused = 'paused';

/** Source of every event we put on the bus, and of our rules. */
export const busSource = 'perennial';

/** Words in log lines that metrics count: the function writes them, a metric filter looks for them. */
export const logTerms = {
  /** A webhook was accepted but not usable; one line each. */
  quarantined: 'webhook.quarantined',
  /** A circuit breaker opened: marketing waits. */
  breakerOpened: 'breaker.opened',
  /** Bounces or complaints came near it. */
  breakerWarned: 'breaker.warned',
} as const;
