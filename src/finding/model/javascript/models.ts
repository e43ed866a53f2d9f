import type { Model } from '../model.ts'
import { archive } from './archive.ts'
import { browser } from './browser.ts'
import { code } from './code.ts'
import { collection } from './collection.ts'
import { command } from './command.ts'
import { crypto } from './crypto.ts'
import { deserialise } from './deserialise.ts'
import { directory } from './directory.ts'
import { dom } from './dom.ts'
import { file } from './file.ts'
import { httpClient } from './http-client.ts'
import { jquery } from './jquery.ts'
import { logging } from './logging.ts'
import { nosql } from './nosql.ts'
import { react } from './react.ts'
import { reflection } from './reflection.ts'
import { regex } from './regex.ts'
import { request } from './request.ts'
import { response } from './response.ts'
import { router } from './route.ts'
import { schema } from './schema.ts'
import { sockets } from './socket.ts'
import { sql } from './sql.ts'
import { template } from './template.ts'
import { text } from './text.ts'
import { xml } from './xml.ts'

/** Everything known of JavaScript's libraries, one file each; later ones may refine earlier ones. */
export const javascriptModels: readonly Model[] = [
  text,
  regex,
  collection,
  reflection,
  request,
  response,
  router,
  file,
  command,
  code,
  httpClient,
  sql,
  nosql,
  dom,
  react,
  deserialise,
  crypto,
  logging,
  archive,
  directory,
  template,
  xml,
  jquery,
  sockets,
  schema,
  browser,
]
