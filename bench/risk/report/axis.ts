export interface Axis {
  readonly label: string
  readonly kind: 'linear' | 'log'
  readonly from: number
  readonly to: number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
}

/** The position of a value between the ends of its axis, from 0 to 1; values beyond are at the end. */
export function scaled({ kind, from, to }: Axis, value: number): number {
  const place =
    kind === 'log' ? Math.log(Math.max(value, from) / from) / Math.log(to / from) : (value - from) / (to - from)
  return Math.min(1, Math.max(0, place))
}
