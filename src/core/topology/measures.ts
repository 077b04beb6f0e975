/** Pixels. Texts are 12 high where nothing else is said. */
export const measures = {
  margin: 24,
  /** From one network's rail to the next. */
  railGap: 26,
  headHeight: 28,
  headGap: 6,
  cardWidth: 560,
  cardGap: 14,
  cardHead: 36,
  cardPadding: 12,
  /** What a card's rows keep free on their left for the networks' names, at most. */
  maxRowLabel: 140,
  chipHeight: 24,
  chipGap: 6,
  rowGap: 8,
  /** From one lane of links to the next. */
  laneGap: 16,
} as const
