/** A page of the gateway that a link in a mail leads to, where no application has a page for it. */
export type LinkPage = 'magic-link' | 'reset-password' | 'confirm'
