const DAY_MS = 86_400_000

export const days = (count: number): number => count * DAY_MS
