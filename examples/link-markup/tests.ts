import assert from 'node:assert'

assert.equal(renderLinks('[<b>](/a) and [c](/d)'), '<a href="/a">&lt;b&gt;</a> and <a href="/d">c</a>')
assert.equal(renderLinks('[x](/" onmouseover="steal)'), '<a href="/&quot; onmouseover=&quot;steal">x</a>')
assert.equal(renderLinks('[x](JavaScript:void)'), 'x')
assert.equal(renderLinks('[x](java\tscript:void)'), 'x')
assert.equal(renderLinks('[x](data:text/html,hello)'), 'x')
