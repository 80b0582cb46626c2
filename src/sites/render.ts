import Handlebars from 'handlebars'
import { readAsset } from '../workspace/assets.js'

/** Data for a template: texts that are printed for their place already. */
export type View = Readonly<Record<string, unknown>>

const compiled = new Map<string, HandlebarsTemplateDelegate>()

/**
 * Renders `templates/<name>.hbs`. Templates are flush left and indent with tabs, one a level.
 *
 * @param indent one level of the file's own indent
 * @param base the white space that every line of the block begins with
 */
export function renderTemplate(name: string, view: View, indent: string, base: string): string {
  let template = compiled.get(name)
  if (template === undefined) {
    template = Handlebars.compile(readAsset(`templates/${name}.hbs`), {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
    })
    compiled.set(name, template)
  }
  return indentBlock(template(view).replace(/\n$/, ''), indent, base)
}

/** Turns leading tabs into the file's indent and puts the base indent in front of every line but empty ones. */
export function indentBlock(block: string, indent: string, base: string): string {
  return block
    .split('\n')
    .map((line) => {
      const tabs = /^\t*/.exec(line)?.[0].length ?? 0
      return line.length === tabs ? '' : base + indent.repeat(tabs) + line.slice(tabs)
    })
    .join('\n')
}
