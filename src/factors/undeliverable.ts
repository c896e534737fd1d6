/** The next hop refused a message for good: nothing will ever arrive at this destination. Says nothing of who it was. */
export class Undeliverable extends Error {
  constructor(readonly channel: 'mail' | 'sms' | 'push') {
    super(`the ${channel} message was refused for good`)
    this.name = 'Undeliverable'
  }
}
