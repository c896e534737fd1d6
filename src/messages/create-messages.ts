import Mustache from 'mustache'
import type { MessageName, Messages, MessageValues } from '../kernel/messages.js'
import { en } from './templates/en.js'
import type { Template } from './templates/template.js'

export interface MessageSettings {
  /** The name people know the service by. */
  readonly service: string
  /** The language of people whose own has no templates. */
  readonly language: string
}

const asIs = (text: string): string => text

/** Fills templates in. */
export function createMessages(settings: MessageSettings): Messages {
  return {
    render: (name, _language, values) => {
      const template = templateOf(name)
      const view = { service: settings.service, ...values }
      const text = fill(template.text, view)
      return { subject: fill(template.subject, view), text, html: htmlOf(text) }
    },
  }
}

function templateOf(name: MessageName): Template {
  const template = en[name]
  if (!template) throw new Error(`there is no template for ${name}`)
  return template
}

const fill = (template: string, view: MessageValues): string => Mustache.render(template, view, {}, { escape: asIs })

function htmlOf(text: string): string {
  const paragraphs = text.trim().split(/\n{2,}/)
  return `<!doctype html><html><body>${paragraphs.map((each) => `<p>${Mustache.escape(each)}</p>`).join('')}</body></html>`
}
