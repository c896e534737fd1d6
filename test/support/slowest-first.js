import { statSync } from 'node:fs'

/** The test files that take longest. A long one that starts last leaves all cores but one idle. */
const SLOWEST = [
  'attacks/r114-bad-input',
  'audit/verify-program',
  'browser/push-page',
  'browser/link-pages',
  'attacks/r123-pending-grants',
  'store/embedded-crash',
  'attacks/r062-every-way-in',
  'attacks/r162-operators-on-the-command-line',
  'races/one-installation',
  'races/kill-gateway',
  'audit/threads',
  'attacks/r043-push',
]

/** Runs the slowest files first, then the largest. Jest knows how long files take only where it ran them before. */
export default class SlowestFirst {
  sort(tests) {
    const rank = ({ path }) => {
      const place = SLOWEST.findIndex((name) => path.endsWith(`/${name}.test.ts`))
      return place === -1 ? SLOWEST.length : place
    }
    const sizes = new Map(tests.map(({ path }) => [path, statSync(path).size]))
    const size = ({ path }) => sizes.get(path) ?? 0
    return [...tests].sort((a, b) => rank(a) - rank(b) || size(b) - size(a))
  }

  cacheResults() {
    // The order never depends on earlier runs.
  }
}
