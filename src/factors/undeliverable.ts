/**
 * The next hop refused a message permanently: nothing will ever arrive at this destination. Does not name the
 * recipient.
 */
export class Undeliverable extends Error {
  constructor(readonly channel: 'mail' | 'sms' | 'push') {
    super(`the ${channel} message was refused for good`)
    this.name = 'Undeliverable'
  }
}
