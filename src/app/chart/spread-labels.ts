/** Places for labels that would overlap: in the same order, at least `gap` apart, each near its own. */

export function spreadLabels(places: readonly number[], gap: number): number[] {
  const order = Array.from(places.keys()).sort((a, b) => places[a] - places[b]);
  const result = [...places];
  /** Labels that touch, moved as one: their mean stays that of their places. */
  const blocks: { members: number[]; start: number }[] = [];
  for (const label of order) {
    let block = { members: [label], start: places[label] };
    for (let last = blocks.at(-1); last && last.start + last.members.length * gap > block.start; last = blocks.at(-1)) {
      blocks.pop();
      const members = [...last.members, ...block.members];
      const middle = members.reduce((sum, member) => sum + places[member], 0) / members.length;
      block = { members, start: middle - ((members.length - 1) * gap) / 2 };
    }
    blocks.push(block);
  }
  for (const { members, start } of blocks) {
    members.forEach((label, i) => {
      result[label] = start + i * gap;
    });
  }
  return result;
}
