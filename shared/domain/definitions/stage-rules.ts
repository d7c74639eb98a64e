import { maxStages, reservedStages, stageName, stageNameMeant } from './lifecycle-draft.ts';
import { type Effort, someEffort } from './reachability/possible.ts';
import { type Rule, type Unreachable, whyUnreachable } from './reachability/unreachable.ts';

/** One line of a list of stages; what could not be read is `undefined`. */
export type StageLine = Readonly<{ id: string | undefined; rule: Rule }>;

/** One thing wrong with a list of stages as a whole: at which line, and at its name or its rule. */
export type StageFault = Readonly<{ stage: number; at: 'id' | 'rule'; message: string }>;

/** Everything wrong with the names, the order and the reach of stages whose rules are sound by themselves. */
export const checkStages = (lines: readonly StageLine[]): readonly StageFault[] => {
  const ofNames = lines.flatMap(({ id }, stage) => faultAt(stage, 'id', nameFault(lines, id, stage)));
  // Too many stages are refused anyway; how far each reaches would take long to find out.
  if (lines.length > maxStages) return ofNames;
  const effort = someEffort();
  const ruleFault = (stage: number): string | undefined => orderFault(lines, stage) ?? reachFault(lines, stage, effort);
  return [...ofNames, ...lines.flatMap((_line, stage) => faultAt(stage, 'rule', ruleFault(stage)))];
};

const faultAt = (stage: number, at: StageFault['at'], message: string | undefined): readonly StageFault[] =>
  message === undefined ? [] : [{ stage, at, message }];

const nameFault = (lines: readonly StageLine[], id: string | undefined, stage: number): string | undefined => {
  if (stage === maxStages) return `a lifecycle has at most ${maxStages} stages, got ${lines.length}`;
  if (id === undefined) return undefined;
  if (reservedStages.includes(id)) return `\`${id}\` cannot be a stage: it is where people stand who are in none`;
  if (!stageName.test(id)) return malformed(id);
  const first = lines.findIndex((line) => line.id === id);
  return first < stage ? `\`${id}\` is there twice: stage ${first + 1} has this name already` : undefined;
};

const malformed = (id: string): string => {
  const meant = stageNameMeant(id);
  const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
  return `a stage's name is 1 to 32 small letters, digits and _, a letter first, got \`${id.slice(0, 40)}\`${hint}`;
};

const orderFault = (lines: readonly StageLine[], stage: number): string | undefined => {
  const rule = lines[stage]?.rule;
  const isLast = stage === lines.length - 1;
  if (rule === 'otherwise' && !isLast) return '`otherwise` takes everybody: it is the rule of the last stage only';
  return isLast && typeof rule === 'object'
    ? 'the last stage takes everybody else: its rule is `otherwise`'
    : undefined;
};

const reachFault = (lines: readonly StageLine[], stage: number, effort: Effort): string | undefined => {
  const why = whyUnreachable(
    lines.map(({ rule }) => rule),
    stage,
    effort,
  );
  return why === undefined ? undefined : reachMessage(why, lines, lines[stage]?.rule === 'otherwise');
};

const reachMessage = (why: Unreachable, lines: readonly StageLine[], isOtherwise: boolean): string => {
  if (why.type === 'contradiction') return 'nobody can ever stand here: this condition contradicts itself';
  if (isOtherwise) return 'nobody can ever stand here: the stages above take everybody';
  if (why.type === 'taken-together') return 'nobody can ever stand here: the stages above take everybody who fits';
  const id = lines[why.stage]?.id;
  return `nobody can ever stand here: whoever fits already stands in ${id === undefined ? `stage ${why.stage + 1}` : `\`${id}\``}`;
};
