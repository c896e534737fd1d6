import { checkProof, type ProofFault } from '../checkpoints/check-proof.js'
import { proveEvent, type ProveEventDeps, type ProveEventOutcome } from '../checkpoints/prove-event.js'
import type { FindKey } from '../checkpoints/sign-checkpoint.js'

type Print = (line: string) => void

const NO_PROOF: Readonly<Record<Exclude<ProveEventOutcome['kind'], 'proved'>, string>> = {
  'no-such-event': 'There is no event with this id.',
  'not-covered': 'No checkpoint covers this event yet. Try again after the next one.',
  broken: 'The log does not hold together around this event: see `stepgate audit verify`.',
}

/** `stepgate audit prove EVENT`: prints the proof as JSON, and answers the exit status. */
export async function proveEventCommand(
  deps: ProveEventDeps & { readonly print: Print; readonly printProblem: Print },
  eventId: string,
): Promise<0 | 1> {
  const outcome = await proveEvent(deps, eventId)
  if (outcome.kind === 'proved') {
    deps.print(JSON.stringify(outcome.proof, null, 2))
    return 0
  }
  deps.printProblem(NO_PROOF[outcome.kind])
  return 1
}

const FAULTS: Readonly<Record<ProofFault, string>> = {
  malformed: 'it is not an inclusion proof',
  'event-altered': 'the event is not what was written',
  'parts-altered': 'the personal parts of the event are not what was written',
  'unknown-key': 'its checkpoint is signed with a key that is not among those given',
  'bad-signature': 'the signature of its checkpoint is not right',
  'not-included': 'the event is not among those that its checkpoint covers',
}

/** `stepgate audit check PROOF`: checks a proof with nothing but public keys, and answers the exit status. */
export async function checkProofCommand(
  deps: { readonly findKey: FindKey; readonly print: Print },
  text: string,
): Promise<0 | 1> {
  const outcome = await checkProof(parseJson(text), deps.findKey)
  if (outcome.kind === 'fails') {
    deps.print(`The proof fails: ${FAULTS[outcome.because]}.`)
    return 1
  }
  const { event, statement, keyId, hash } = outcome
  deps.print(`The proof holds: event ${event.id} (${event.action}, ${event.occurredAt.toISOString()}) is in the log.`)
  deps.print(`Checkpoint: ${statement.number}:${hash}`)
  deps.print(`Signed at ${statement.at} with key ${keyId}.`)
  return 0
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
