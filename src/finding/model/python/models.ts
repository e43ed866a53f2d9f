import type { Model } from '../model.ts'
import { aiohttp } from './aiohttp.ts'
import { archive } from './archive.ts'
import { callable } from './callable.ts'
import { cloud } from './cloud.ts'
import { code } from './code.ts'
import { collection } from './collection.ts'
import { command } from './command.ts'
import { cryptography } from './cryptography.ts'
import { deserialise } from './deserialise.ts'
import { directory } from './directory.ts'
import { django } from './django.ts'
import { document } from './document.ts'
import { flask } from './flask.ts'
import { httpClient } from './http-client.ts'
import { jinja } from './jinja.ts'
import { logging } from './logging.ts'
import { path } from './path.ts'
import { reflection } from './reflection.ts'
import { regex } from './regex.ts'
import { request } from './request.ts'
import { sql } from './sql.ts'
import { starlette } from './starlette.ts'
import { text } from './text.ts'
import { xml } from './xml.ts'

/** Everything known of Python's libraries, one file each; later ones may refine earlier ones. */
export const pythonModels: readonly Model[] = [
  text,
  collection,
  path,
  request,
  flask,
  django,
  starlette,
  aiohttp,
  jinja,
  sql,
  httpClient,
  command,
  code,
  reflection,
  callable,
  deserialise,
  xml,
  directory,
  document,
  logging,
  regex,
  archive,
  cloud,
  cryptography,
]
