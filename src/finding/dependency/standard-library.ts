// What comes with a runtime, the versions of Python from 2.7 on together: old programs name what is gone.
const python = `
  BaseHTTPServer CGIHTTPServer ConfigParser Cookie HTMLParser Queue SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tkinter
  UserDict UserList UserString __builtin__ __future__ __main__ _dummy_thread _thread _typeshed abc aifc annotationlib antigravity anydbm
  argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 cPickle cProfile cStringIO
  calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys commands compileall compression concurrent configparser
  contextlib contextvars cookielib copy copy_reg copyreg crypt csv ctypes curses dataclasses datetime dbhash dbm decimal difflib dircache
  dis distutils doctest dummy_threading email encodings ensurepip enum errno exceptions faulthandler fcntl filecmp fileinput fnmatch
  formatter fractions ftplib functools future_builtins gc gdbm genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq
  hmac html htmlentitydefs http httplib idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache
  locale logging lzma macpath mailbox mailcap marshal math md5 mimetools mimetypes mimify mmap modulefinder msilib msvcrt multiprocessing
  netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes
  pkgutil platform plistlib popen2 poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue
  quopri random re readline repr reprlib resource rfc822 rlcompleter robotparser runpy sched secrets select selectors sets sha shelve
  shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics
  string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap
  this thread threading time timeit tkFileDialog tkMessageBox tkSimpleDialog tkinter token tokenize tomllib trace traceback tracemalloc
  tty turtle turtledemo types typing unicodedata unittest urllib urllib2 urlparse user uu uuid venv warnings wave weakref webbrowser
  whichdb winreg winsound wsgiref xdrlib xml xmlrpc xmlrpclib zipapp zipfile zipimport zlib zoneinfo
`
const node = `
  assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns dns/promises domain
  events fs fs/promises http http2 https inspector inspector/promises module net os path path/posix path/win32 perf_hooks process punycode
  querystring readline readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises
  tls trace_events tty url util util/types v8 vm wasi worker_threads zlib
`
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

export const standardLibrary = { pypi: words(python), npm: words(node) } as const
