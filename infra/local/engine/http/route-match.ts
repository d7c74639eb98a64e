import { RefusedHere } from '../refusal.ts';

interface Segment {
  type: 'text' | 'parameter' | 'greedy';
  name: string;
}

interface Pattern<T> {
  key: string;
  method: string;
  segments: readonly Segment[];
  value: T;
}

export interface RouteMatch<T> {
  routeKey: string;
  pathParameters: Record<string, string>;
  value: T;
}

/** HTTP API routes: a full match before a greedy one, a named method before ANY, then $default. */
export class Routes<T> {
  readonly #patterns: Pattern<T>[] = [];
  #fallback: T | undefined;

  add(routeKey: string, value: T): void {
    if (routeKey === '$default') {
      this.#fallback = value;
      return;
    }
    const [method, path] = routeKey.split(' ');
    if (method === undefined || path === undefined)
      throw new RefusedHere('serve an API', 'RouteKey', 'be $default or a method and a path', routeKey);
    this.#patterns.push({ key: routeKey, method, segments: split(path).map(segmentOf), value });
    this.#patterns.sort((a, b) => specificity(b) - specificity(a));
  }

  match(method: string, path: string): RouteMatch<T> | undefined {
    const parts = split(path);
    for (const { key, method: wanted, segments, value } of this.#patterns) {
      if (wanted !== 'ANY' && wanted !== method) continue;
      const pathParameters = parametersOf(segments, parts);
      if (pathParameters !== undefined) return { routeKey: key, pathParameters, value };
    }
    return this.#fallback === undefined
      ? undefined
      : { routeKey: '$default', pathParameters: {}, value: this.#fallback };
  }
}

const split = (path: string): string[] => path.split('/').slice(1);

const segmentOf = (text: string): Segment => {
  const braced = /^\{([^}]+?)(\+?)\}$/.exec(text);
  if (braced === null) return { type: 'text', name: text };
  return { type: braced[2] === '+' ? 'greedy' : 'parameter', name: braced[1] ?? '' };
};

const parametersOf = (segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined => {
  const found: Record<string, string> = {};
  for (const [i, { type, name }] of segments.entries()) {
    const part = parts[i];
    if (type === 'greedy' && part !== undefined && part !== '') {
      found[name] = decode(parts.slice(i).join('/'));
      return found;
    }
    if (part === undefined || (type === 'text' && part !== name) || (type !== 'text' && part === '')) return undefined;
    if (type === 'parameter') found[name] = decode(part);
  }
  return parts.length === segments.length ? found : undefined;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const specificity = ({ method, segments }: Pattern<unknown>): number => {
  const greedy = segments.some(({ type }) => type === 'greedy');
  const texts = segments.filter(({ type }) => type === 'text').length;
  return (greedy ? 0 : 10_000) + texts * 100 + segments.length * 10 + (method === 'ANY' ? 0 : 1);
};
