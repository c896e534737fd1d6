import { parseId, type InvitationId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'

const ID_LENGTH = 22
const SECRET_LENGTH = 43

/** The token of a link: the id of the invitation, which finds it, and 256 random bits, which prove the mailbox. */
export const newInvitationToken = ({ random }: Pick<Secrets, 'random'>, id: InvitationId): string => `${id}${random()}`

/** The id in a token. Null: it names none, or an earlier version made it and only its hash finds the invitation. */
export const invitationIn = (token: string): InvitationId | null =>
  token.length === ID_LENGTH + SECRET_LENGTH ? parseId<InvitationId>(token.slice(0, ID_LENGTH)) : null
