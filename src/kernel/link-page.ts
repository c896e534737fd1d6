/** The gateway's own page for a link in a mail, used where the application has no page for it. */
export type LinkPage = 'magic-link' | 'reset-password' | 'confirm'
