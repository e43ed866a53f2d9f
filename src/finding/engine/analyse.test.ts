import { expect, test } from 'vitest'
import { scan } from '../scan.ts'

/** Lines with a finding of tier `vulnerability`, of any rule. */
async function linesOf(content: string): Promise<number[]> {
  const { findings } = await scan([{ path: 'app.py', content }])
  return findings.filter(({ tier }) => tier === 'vulnerability').map(({ span }) => span.line)
}

const web = 'import os\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route("/x")\ndef x():\n    v = request.args["v"]\n'

test('a dictionary keeps its entries apart', async () => {
  expect(await linesOf(`${web}    d = {"a": "safe"}\n    d["b"] = v\n    os.system(d["a"])\n    os.system(d["b"])\n`)).toEqual([10])
})

test('a list keeps its places apart, and loses what is taken out', async () => {
  expect(
    await linesOf(
      `${web}    l = ["safe"]\n    l.append(v)\n    l.append("also safe")\n    l.pop(0)\n    os.system(l[0])\n    os.system(l[1])\n`,
    ),
  ).toEqual([11])
})

test('a branch that cannot be taken is not taken', async () => {
  expect(await linesOf(`${web}    n = 86\n    c = "safe" if 7 * 42 - n > 200 else v\n    os.system(c)\n`)).toEqual([])
})

const choose = (at: number) =>
  `${web}    match "ABC"[${at}]:\n        case "A":\n            c = v\n        case _:\n            c = "safe"\n    os.system(c)\n`

test('one letter of a constant chooses a case', async () => {
  expect(await linesOf(choose(0))).toEqual([12])
  expect(await linesOf(choose(1))).toEqual([])
})

test('encoding and decoding give back what went in', async () => {
  expect(
    await linesOf(`${web}    import base64\n    e = base64.b64encode(v.encode())\n    os.system(base64.b64decode(e).decode())\n`),
  ).toEqual([9])
})

test('a value is followed through functions, fields and back', async () => {
  const code = `import os
from flask import Flask, request
app = Flask(__name__)
class Job:
    def __init__(self, name):
        self.name = name
    def run(self):
        os.system(self.name)
def make(name):
    return Job(name.strip())
@app.route("/x")
def x():
    make(request.args["v"]).run()
    return "ok"
`
  expect(await linesOf(code)).toEqual([8])
})

test('an early return guards what follows', async () => {
  expect(await linesOf(`${web}    if v not in ("a", "b"):\n        return "no"\n    os.system(v)\n    return "ok"\n`)).toEqual([])
})

test('a guard in one branch guards that branch alone', async () => {
  expect(await linesOf(`${web}    if v.isalnum():\n        os.system(v)\n    os.system(v)\n    return "ok"\n`)).toEqual([9])
})

test('a handler is entered with what any statement of the body left', async () => {
  const code = `${web}    c = "safe"\n    try:\n        c = v\n        int(v)\n        c = "safe"\n    except ValueError:\n        os.system(c)\n    return "ok"\n`
  expect(await linesOf(code)).toEqual([13])
})

test('what a loop gathers comes out of it', async () => {
  expect(
    await linesOf(
      `${web}    parts = []\n    for word in v.split():\n        parts.append(word)\n    os.system(" ".join(parts))\n    return "ok"\n`,
    ),
  ).toEqual([10])
})

test('a function that the file itself calls with checked values is not accused', async () => {
  const code = `${web}    if not v.isalnum():\n        return "no"\n    run(v)\n    return "ok"\ndef run(name):\n    os.system("id " + name)\n`
  expect(await linesOf(code)).toEqual([])
})
