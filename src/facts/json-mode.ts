import type { SurveyContext } from '../sites/site.js'

/** Whether the channel's sends turn dates and the like into JSON by themselves, as pydantic's JSON mode does. */
export function sendsAsJson({ repository, channel }: SurveyContext): boolean {
  const files = [channel.manager?.file, channel.handler?.file].filter((file) => file !== undefined)
  const isJson =
    /model_dump_json\(|model_dump\([^)]*mode\s*=\s*["']json["']|jsonable_encoder\(|\b(?:message|msg)\.json\(|default\s*=\s*str\b/
  return files.some((file) => isJson.test(repository.workspace.read(file).text))
}
