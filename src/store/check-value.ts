import { types } from 'node:util'

/**
 * Throws on anything that two stores would keep differently, or that an attacker could turn into an operator:
 * undefined (dropped or null), NaN, class instances, and keys that are operators or paths.
 */
export function checkValue(value: unknown, path: string): void {
  if (isScalar(value)) return
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) checkValue(element, `${path}.${index}`)
    return
  }
  if (!isPlainObject(value)) throw new TypeError(`${path} holds a value that cannot be stored`)
  for (const [key, inner] of Object.entries(value)) {
    checkSegment(key, path)
    if (key.includes('.')) throw new TypeError(`${path} has a key with a dot`)
    checkValue(inner, `${path}.${key}`)
  }
}

/** Throws unless the path is made of names: no operators, no empty segments, no way to a prototype. */
export function checkPath(path: string): void {
  for (const segment of path.split('.')) checkSegment(segment, path)
}

/** A string, finite number, boolean, null or valid date. */
export function isScalar(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return types.isDate(value) && !Number.isNaN(value.getTime())
}

/** Whether the value is a plain object, from any realm, also without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function checkSegment(segment: string, path: string): void {
  if (segment === '' || segment === '__proto__' || segment.startsWith('$') || segment.includes('\0')) {
    throw new TypeError(`${path || 'a path'} has a name that cannot be stored`)
  }
}
