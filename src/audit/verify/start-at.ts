import { hashOfCheckpoint, rootOfOpen, unverifiedStatement, type NotedCheckpoint } from '../checkpoints/checkpoint.js'
import type { CheckpointStore } from '../ports.js'
import { breakOfCheckpoint, type ChainBreak, type ChainFault } from './chain-break.js'
import type { FollowedSoFar } from './follow-checkpoint.js'

/**
 * The state of the log at a noted checkpoint, for a check that resumes there. The noted hash vouches for the statement, and
 * the statement for the open streams; whether anything before it still is as it was is not looked at.
 */
export async function startAt(
  checkpoints: Pick<CheckpointStore, 'find'>,
  { number, hash }: NotedCheckpoint,
): Promise<FollowedSoFar | ChainBreak> {
  const broken = (fault: ChainFault, detail: string) => breakOfCheckpoint(fault, number, detail)
  const checkpoint = await checkpoints.find(number)
  if (!checkpoint) return broken('TRUNCATED', `checkpoint ${number} was noted and is not there`)
  if (hashOfCheckpoint(checkpoint.signed) !== hash) {
    return broken('REWRITTEN', `checkpoint ${number} is not the one that was noted`)
  }
  const statement = unverifiedStatement(checkpoint.signed)
  const { open } = checkpoint
  if (statement?.number !== number || rootOfOpen(open) !== statement.open.root) {
    return broken('FORGED', `checkpoint ${number} lists other open streams than it was signed with`)
  }
  const ends = new Map(open.map(({ stream, sequence, hash: end }) => [stream, { sequence, hash: end }]))
  return { number, hash, total: statement.events.total, open, ends }
}

export const isBreak = (found: FollowedSoFar | ChainBreak): found is ChainBreak => 'fault' in found
