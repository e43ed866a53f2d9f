// Packages of PyPI by the module they bring, where the two are not spelled alike.
const table = `
acme certbot
apiclient google-api-python-client
attr attrs
barcode python-barcode
bio biopython
bs4 beautifulsoup4
bson pymongo
caffe2 torch
cairo pycairo
can python-can
clr pythonnet
community python-louvain
consul python-consul
corsheaders django-cors-headers
crypto pycryptodome
cryptodome pycryptodomex
cv2 opencv-python
dateutil python-dateutil
debug-toolbar django-debug-toolbar
discord discord.py
django-filters django-filter
dns dnspython
docx python-docx
dotenv python-dotenv
engineio python-engineio
environ django-environ
faiss faiss-cpu
fitz pymupdf
fpdf fpdf2
gi pygobject
git gitpython
github pygithub
gitlab python-gitlab
google google-api-core
googleapiclient google-api-python-client
grpc grpcio
haystack haystack-ai
igraph python-igraph
jenkins python-jenkins
jks pyjks
jose python-jose
jwt pyjwt
kafka kafka-python
keycloak python-keycloak
ldap python-ldap
levenshtein python-levenshtein
lzo python-lzo
magic python-magic
memcache python-memcached
mpl-toolkits matplotlib
mysqldb mysqlclient
nacl pynacl
odf odfpy
onelogin python3-saml
openssl pyopenssl
past future
pil pillow
pkg-resources setuptools
psycopg2 psycopg2-binary
pwn pwntools
pylab matplotlib
pythoncom pywin32
pywintypes pywin32
ratelimit django-ratelimit
rest-framework djangorestframework
rest-framework-simplejwt djangorestframework-simplejwt
saml2 pysaml2
serial pyserial
shopify shopifyapi
skimage scikit-image
sklearn scikit-learn
slack slackclient
slugify python-slugify
snappy python-snappy
socketio python-socketio
socks pysocks
speech-recognition speechrecognition
stdnum python-stdnum
storages django-storages
telebot pytelegrambotapi
telegram python-telegram-bot
tlslite tlslite-ng
umap umap-learn
uno unotools
usb pyusb
vlc python-vlc
web web.py
websocket websocket-client
win32api pywin32
win32com pywin32
win32con pywin32
win32gui pywin32
wx wxpython
xmpp xmpppy
yaml pyyaml
zmq pyzmq
`
const rows = table.trim().split('\n').map((row): [string, string] => {
  const [module = '', name = ''] = row.split(' ')
  return [module, name]
})

/** The package that brings a module of Python, by the module's name in lower case with `-`. */
export const packageOf: ReadonlyMap<string, string> = new Map(rows)
