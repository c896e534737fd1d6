import { randomBytes } from 'node:crypto'
import { sortableIds } from '../../src/audit/sortable-ids.js'
import { parseId } from '../../src/kernel/ids.js'

const random = (bytes: number): string => randomBytes(bytes).toString('base64url')
const START = Date.UTC(2026, 0, 1)

describe('ids that sort', () => {
  it('sort in the order they were made within a millisecond', () => {
    const make = sortableIds(random)
    const ids = Array.from({ length: 2_000 }, () => make(new Date(START)))
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('sort by time, made by any process', () => {
    const ids = Array.from({ length: 2_000 }, (_, nth) => sortableIds(random)(new Date(START + nth * 977)))
    expect([...ids].sort()).toEqual(ids)
  })

  it('differ between two who make them in the same millisecond', () => {
    const [one, other] = [sortableIds(random), sortableIds(random)]
    const ids = Array.from({ length: 500 }, (_, nth) => [one, other].map((make) => make(new Date(START + nth)))).flat()
    expect(new Set(ids).size).toBe(1_000)
  })

  it('never overflow, for any random part', () => {
    const highest = sortableIds((bytes) => Buffer.alloc(bytes, 0xff).toString('base64url'))
    const ids = Array.from({ length: 100 }, () => highest(new Date(START)))
    expect([...ids].sort()).toEqual(ids)
  })

  it('have the shape of every other id, and no hyphen in front', () => {
    for (const time of [0, START, Date.UTC(2100, 0, 1), 2 ** 47 - 1]) {
      const id = sortableIds(random)(new Date(time))
      expect(parseId(id)).toBe(id)
      expect(id).not.toMatch(/^-/)
    }
  })
})
