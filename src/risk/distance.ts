interface Point {
  readonly latitude: number
  readonly longitude: number
}

const EARTH_RADIUS_KM = 6371
/** Half the circumference of the earth: no two places are farther apart. */
export const FARTHEST_KM = Math.PI * EARTH_RADIUS_KM

/** Great-circle distance by the haversine formula. */
export function distanceKm(a: Point, b: Point): number {
  const height = sinSquaredOfHalf(b.latitude - a.latitude)
  const width = sinSquaredOfHalf(b.longitude - a.longitude)
  const chord = height + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * width
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

const sinSquaredOfHalf = (degrees: number): number => Math.sin(radians(degrees) / 2) ** 2
