import { lookup as resolve, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from '../networks/index.js'

/** Resolves names to public addresses only, so that DNS rebinding cannot reach this machine or its networks. */
export const lookupPublic: LookupFunction = (hostname, options, answer) => {
  resolve(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
    if (error) return answer(error, '')
    const admitted = found.filter(({ address }) => isPublicAddress(address))
    const [first] = admitted
    if (!first) return answer(Object.assign(new Error('no public address'), { code: 'ENOTFOUND' }), '')
    if (options.all) return answer(null, admitted)
    answer(null, first.address, first.family)
  })
}
