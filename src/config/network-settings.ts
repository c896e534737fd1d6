import { integer, optional, text } from './parsers.js'
import type { SettingSections } from './setting.js'

/** Who operates an address's network, what that network is for, and the allow and block lists. */
export const NETWORK_SETTINGS = {
  networks: {
    geoDirectory: {
      env: 'GEODATADIR',
      parser: optional(text),
      default: '',
      defaultNote: 'the data that comes with geoip-lite',
      meaning:
        'The directory of the files that say where an address is, as the `updatedb` script of geoip-lite writes them.',
    },
    asnFile: {
      env: 'STEPGATE_ASN_FILE',
      parser: optional(text),
      default: '',
      defaultNote: 'the file that comes with the build',
      meaning: 'The compiled ASN data, which says who operates the network of an address. `off` turns it off.',
    },
    classesFile: {
      env: 'STEPGATE_NETWORK_CLASSES',
      parser: optional(text),
      default: '',
      meaning:
        'Your own file that says which networks are `hosting`, `vpn`, `tor`, `relay` or `none` of them, such as ' +
        '`AS14061 hosting` or `203.0.113.0/24 tor`, one on each line, with `#` for comments. Read again on SIGHUP.',
    },
  },
  lists: {
    refreshSeconds: {
      env: 'STEPGATE_LIST_REFRESH',
      parser: integer(1, 3_600),
      default: '5',
      unit: 'seconds',
      meaning: 'How soon a process learns of changes that another one made to the allow and block lists.',
    },
    maxEntries: {
      env: 'STEPGATE_MAX_LIST_ENTRIES',
      parser: integer(1, 100_000),
      default: '10000',
      meaning: 'Entries of the allow and block lists together.',
    },
  },
} as const satisfies SettingSections
