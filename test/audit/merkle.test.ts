import { createHash } from 'node:crypto'
import { inclusionPath, leafHash, rootOf, rootOfPath } from '../../src/audit/checkpoints/merkle.js'

/** The leaves of the reference tests of Certificate Transparency, and the roots over the first n of them. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leaves = LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex')))
const many = Array.from({ length: 65 }, (_, nth) => leafHash(Buffer.from(`leaf ${nth}`)))

const include = (of: readonly Buffer[], index: number) => ({
  ...{ leaf: of[index] as Buffer, index, size: of.length },
  path: inclusionPath(of, index),
})

describe('the Merkle tree of RFC 6962', () => {
  it('has the hash of nothing as the root of an empty tree', () => {
    expect(rootOf([]).toString('hex')).toBe(createHash('sha256').digest('hex'))
  })

  it.each(ROOTS.map((root, nth) => [nth + 1, root] as const))('has the known root over %d leaves', (count, root) => {
    expect(rootOf(leaves.slice(0, count)).toString('hex')).toBe(root)
  })

  it('has the known path of a leaf', () => {
    expect(inclusionPath(leaves, 0).map((hash) => hash.toString('hex'))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(inclusionPath(leaves.slice(0, 3), 2).map((hash) => hash.toString('hex'))).toEqual([
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    ])
  })

  it('leads from every leaf of every tree to its root, in as many steps as the size has bits', () => {
    for (let size = 1; size <= many.length; size += 1) {
      const tree = many.slice(0, size)
      for (let index = 0; index < size; index += 1) {
        const inclusion = include(tree, index)
        expect(rootOfPath(inclusion)).toEqual(rootOf(tree))
        expect(inclusion.path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)))
      }
    }
  })

  it('leads nowhere from another leaf, another place, another size, or by a path that is longer, shorter or turned', () => {
    const root = rootOf(many)
    for (const index of [0, 7, 32, 63, 64]) {
      const right = include(many, index)
      const { path } = right
      const wrong = [
        { ...right, leaf: leafHash(Buffer.from('another')) },
        { ...right, index: index ^ 1 },
        { ...right, index: index + many.length },
        { ...right, index: -1 },
        { ...right, index: 0.5 },
        { ...right, size: 32 },
        { ...right, path: path.slice(1) },
        { ...right, path: path.slice(0, -1) },
        { ...right, path: [...path, root] },
        ...(path.length > 1 ? [{ ...right, path: [...path].reverse() }] : []),
      ]
      for (const each of wrong) expect(rootOfPath(each)?.equals(root) ?? false).toBe(false)
    }
  })

  it('passes no inner node off as a leaf', () => {
    const node = rootOf(leaves.slice(0, 2))
    expect(leafHash(Buffer.concat(leaves.slice(0, 2))).equals(node)).toBe(false)
  })
})
