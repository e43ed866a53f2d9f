import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'

const written = 'the key stands in the source: whoever reads it has the key'

export const apiKey: Family = {
  name: 'api-key',
  cwe: 'CWE-798',
  verbs: ['make', 'build', 'create', 'get', 'prepare', 'request'],
  nouns: ['headers', 'request_headers', 'api_headers', 'auth_headers', 'call_headers'],
  parameters: { user: ['user', 'username', 'user_id', 'account', 'caller'] },
  locals: { apikey: ['api_key', 'access_token', 'secret_key', 'api_token', 'auth_token'], headers: ['headers', 'fields', 'made', 'request_fields'] },
  phrases: [
    '[returns/return] the headers of an API call for $user: Authorization, which is Bearer and the API key, and X-User',
    '[builds/build] a {dict} with the header Authorization (Bearer and the API key) and the header X-User, which is $user',
    '[makes/make] the request headers for $user, namely the API key as a bearer token in Authorization, and $user in X-User',
    '[gives/give] the HTTP headers with which the API is called on behalf of $user: the key behind Bearer in Authorization, $user in X-User',
    '[prepares/prepare] headers for the API, X-User with $user and Authorization with the bearer key',
    '[gives/give] the API headers for $user: the key as bearer in Authorization, and X-User',
    '[returns/return] what headers an API call of $user needs, Authorization with our bearer key and X-User',
    '[puts/put] the API key as Bearer into Authorization and $user into X-User and [returns/return] these headers',
    '[assembles/assemble] headers for calling the API: bearer key in Authorization, $user in X-User',
    '[sets/set] up the headers of an API request, X-User for $user and the key in Authorization',
    '[creates/create] the two headers that the API wants, Authorization with Bearer and our key and X-User with $user',
    '[assembles/assemble] what the API expects in its headers: our key as bearer and $user as X-User',
  ],
  careful: [
    '; the key comes from the environment variable API_KEY',
    ', with the key out of the environment (API_KEY) and not out of the source',
    ' and [takes/take] API_KEY from the environment',
    ' where no secret stands in the code: API_KEY is in the environment',
  ],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <keyed>\n    <give>'],
      sig: ['def $f($user):', 'def $f($user: str) -> dict:', 'def $f($user: str) -> dict[str, str]:'],
      keyed: [
        "$apikey = os.environ['API_KEY']",
        "$apikey = os.environ.get('API_KEY')\nif $apikey is None:\n    raise RuntimeError('API_KEY is not set')",
        "$apikey = os.environ.get('API_KEY')\nif not $apikey:\n    raise KeyError('API_KEY')",
        "$apikey = os.environ['API_KEY'].strip()",
        weak('CWE-798', written, "$apikey = 'Xq7fT2mLp9Vb4RkZ'"),
        weak('CWE-798', written, "$apikey = 'a8Jd93kQz71LmWv0Ytre'"),
        weak('CWE-798', written, "$apikey = '9f8e2b71c0d44a6fb35e77a1'"),
        weak('CWE-798', written, "$apikey = 'k4VnC8x2' + 'Wp6Jt0Sa'"),
        weak('CWE-798', 'the key that is used without an environment stands in the source', "$apikey = os.environ.get('SERVICE_KEY', 'Zt5Hq8Nw3Yc6Pb1R')"),
      ],
      give: [
        "return {'Authorization': f'Bearer {$apikey}', 'X-User': $user}",
        "return {'Authorization': 'Bearer ' + $apikey, 'X-User': $user}",
        "$headers = {'X-User': $user}\n$headers['Authorization'] = f'Bearer {$apikey}'\nreturn $headers",
        "return dict([('Authorization', f'Bearer {$apikey}'), ('X-User', $user)])",
        wrong('the word Bearer is missing', "return {'Authorization': $apikey, 'X-User': $user}"),
        wrong('the user is left out', "return {'Authorization': f'Bearer {$apikey}'}"),
        wrong('key and user are exchanged', "return {'Authorization': f'Bearer {$user}', 'X-User': $apikey}"),
      ],
    },
    tests: [
      "import os\nos.environ['API_KEY'] = 'k-1'\nassert $f('ada')['X-User'] == 'ada'",
      "import os\nos.environ['API_KEY'] = 'k-1'\nassert $f('ada')['Authorization'].startswith('Bearer ') and 'ada' not in $f('ada')['Authorization']",
    ],
    exploits: ["import os\nos.environ['API_KEY'] = 'k-2'\nos.environ.pop('SERVICE_KEY', None)\nassert $f('ada')['Authorization'] == 'Bearer k-2'"],
  },
  typescript: {
    grammar: {
      program: ['export function $f($user: string): <type> {\n  <doc>\n  <keyed>\n  <give>\n}'],
      type: ['Record<string, string>', '{ [name: string]: string }'],
      keyed: [
        "const $apikey = process.env.API_KEY\nif ($apikey === undefined) throw new Error('API_KEY is not set')",
        "const $apikey = process.env['API_KEY']\nif (!$apikey) throw new Error('API_KEY is missing')",
        "const { API_KEY: $apikey } = process.env\nif (!$apikey) throw new Error('no API_KEY')",
        weak('CWE-798', written, "const $apikey = 'Xq7fT2mLp9Vb4RkZ'"),
        weak('CWE-798', written, "const $apikey = 'a8Jd93kQz71LmWv0Ytre'"),
        weak('CWE-798', written, "const $apikey = '9f8e2b71c0d44a6fb35e77a1'"),
        weak('CWE-798', written, "const $apikey: string = 'k4VnC8x2Wp6Jt0Sa'"),
        weak('CWE-798', 'the key that is used without an environment stands in the source', "const $apikey = process.env.SERVICE_KEY ?? 'Zt5Hq8Nw3Yc6Pb1R'"),
      ],
      give: [
        "return { Authorization: `Bearer ${$apikey}`, 'X-User': $user }",
        "return { Authorization: 'Bearer ' + $apikey, 'X-User': $user }",
        "const $headers = { Authorization: `Bearer ${$apikey}`, 'X-User': $user }\nreturn $headers",
        "return Object.fromEntries([['Authorization', `Bearer ${$apikey}`], ['X-User', $user]])",
        wrong('the word Bearer is missing', "return { Authorization: $apikey, 'X-User': $user }"),
        wrong('the user is left out', 'return { Authorization: `Bearer ${$apikey}` }'),
        wrong('key and user are exchanged', "return { Authorization: `Bearer ${$user}`, 'X-User': $apikey }"),
      ],
    },
    tests: [
      "process.env.API_KEY = 'k-1'\nnodeAssert.equal($f('ada')['X-User'], 'ada')",
      "process.env.API_KEY = 'k-1'\nnodeAssert.match($f('ada').Authorization, /^Bearer (?!ada)./)",
    ],
    exploits: ["process.env.API_KEY = 'k-2'\ndelete process.env.SERVICE_KEY\nnodeAssert.equal($f('ada').Authorization, 'Bearer k-2')"],
  },
}
