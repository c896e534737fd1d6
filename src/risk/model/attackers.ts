/** How an attacker gets each part of what a sign-in shows. */
export interface Suspect {
  /** The share of all attacks that look like this. */
  readonly share: number
  readonly country: 'population' | 'home'
  readonly network: 'population' | 'hosting' | 'victim'
  readonly agent: 'population' | 'victim'
  readonly token: 'none' | 'valid'
}

interface Attacker {
  readonly name: string
  readonly share: number
  /** The share from a country that the victim signs in from. The others come from anywhere. */
  readonly home: number
  readonly hosting: number
  /** The share from the victim's own network operator. */
  readonly victimNetwork: number
  /** The share with the victim's browser family. */
  readonly victimAgent: number
  /** The share that holds a valid device token. */
  readonly token: number
}

const NONE = { home: 0, hosting: 0, victimNetwork: 0, victimAgent: 0, token: 0 }

/** The six kinds of attacker. The shares are assumptions, not measurements; the benchmark varies its attackers. */
const ATTACKERS: readonly Attacker[] = [
  { ...NONE, name: 'naive', share: 0.3 },
  { ...NONE, name: 'vpn', share: 0.2, home: 0.95, hosting: 0.8 },
  { ...NONE, name: 'residential-proxy', share: 0.25, home: 0.95 },
  { ...NONE, name: 'targeted', share: 0.15, home: 0.95, victimNetwork: 0.6, victimAgent: 0.6 },
  { ...NONE, name: 'relay', share: 0.08, home: 0.5, hosting: 0.8, victimAgent: 0.6 },
  { ...NONE, name: 'device-malware', share: 0.02, home: 0.95, victimAgent: 0.6, token: 0.9 },
]

/**
 * The attackers split into all combinations, so that related properties stay together: an attacker who copies the
 * operating system copies the browser too.
 */
export const SUSPECTS: readonly Suspect[] = ATTACKERS.flatMap(suspectsOf)

function suspectsOf(attacker: Attacker): Suspect[] {
  const suspects: Suspect[] = []
  for (const country of either('home', attacker.home, 'population')) {
    for (const network of networksOf(attacker, country.value)) {
      for (const agent of either('victim', attacker.victimAgent, 'population')) {
        for (const token of either('valid', attacker.token, 'none')) {
          const share = attacker.share * country.share * network.share * agent.share * token.share
          const habits = { country: country.value, network: network.value, agent: agent.value, token: token.value }
          suspects.push({ share, ...habits })
        }
      }
    }
  }
  return suspects
}

interface Chance<T> {
  readonly value: T
  readonly share: number
}

function either<const A, const B>(value: A, share: number, otherwise: B): Chance<A | B>[] {
  const both = [
    { value, share },
    { value: otherwise, share: 1 - share },
  ]
  return both.filter((chance) => chance.share > 0)
}

/** No attacker is in the victim's network and in another country. */
function networksOf({ hosting, victimNetwork }: Attacker, country: Suspect['country']): Chance<Suspect['network']>[] {
  const victim = country === 'home' ? victimNetwork : 0
  const chances: Chance<Suspect['network']>[] = [
    { value: 'hosting', share: hosting },
    { value: 'victim', share: victim },
    { value: 'population', share: 1 - hosting - victim },
  ]
  return chances.filter(({ share }) => share > 0)
}
