/**
 * The chance that somebody who came back was ranked above somebody who did not, ties counting half: the area under the ROC curve by
 * ranks (Mann and Whitney).
 *
 * @param scores Higher = expected to come back sooner.
 * @returns `undefined` where all came back or none did.
 */
export const aucOf = (scores: readonly number[], cameBack: readonly boolean[]): number | undefined => {
  const back = cameBack.reduce((sum, came) => sum + Number(came), 0);
  const stayed = cameBack.length - back;
  if (back === 0 || stayed === 0) return undefined;
  const order = scores.map((score, i) => ({ score, came: cameBack[i] === true })).sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.score === order[from]?.score) to += 1;
    const middle = (from + to + 1) / 2;
    for (let i = from; i < to; i += 1) if (order[i]?.came === true) ranks += middle;
    from = to;
  }
  return (ranks - (back * (back + 1)) / 2) / (back * stayed);
};
