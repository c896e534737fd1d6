/** What Wiefling et al. (ACM TOPS 2022) published of the Freeman model on 3.3 million people, read from their charts. */
export interface PublishedRow {
  /** Their attacker under the name it has here. */
  readonly attacker: string
  readonly blocked: number
  /** Median re-authentications of a person after so many sign-ins. */
  readonly median: Readonly<Record<8 | 12 | 20 | 39, number>>
}

export const PUBLISHED: readonly PublishedRow[] = [
  { attacker: 'naive', blocked: 0.99, median: { 8: 1, 12: 2, 20: 2, 39: 1 } },
  { attacker: 'vpn', blocked: 0.99, median: { 8: 3, 12: 3, 20: 3, 39: 2 } },
  { attacker: 'targeted', blocked: 0.98, median: { 8: 2, 12: 2, 20: 2, 39: 2 } },
  { attacker: 'targeted', blocked: 0.99, median: { 8: 3, 12: 4, 20: 4, 39: 3 } },
  { attacker: 'targeted', blocked: 0.995, median: { 8: 4, 12: 5, 20: 5, 39: 4 } },
]

export const NOT_THE_DATASET =
  'The simulated world is not the dataset: compare Freeman here with Freeman published before comparing anything else.'
