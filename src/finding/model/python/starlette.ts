import { defineModel, sink } from '../model.ts'

/** FastAPI and Starlette. */
export const starlette = defineModel({
  name: 'starlette',
  ambient: {
    HTMLResponse: 'starlette.HTMLResponse',
    RedirectResponse: 'starlette.RedirectResponse',
    FileResponse: 'starlette.FileResponse',
  },
  aliases: {
    'fastapi.Request': 'http.Request',
    'starlette.requests.Request': 'http.Request',
    'fastapi.requests.Request': 'http.Request',
    'fastapi.responses': 'starlette',
    'starlette.responses': 'starlette',
    'fastapi.Response': 'starlette.Response',
    'fastapi.UploadFile': 'starlette.UploadFile',
    'starlette.datastructures.UploadFile': 'starlette.UploadFile',
  },
  parameters: { 'http.Request': 'http.Request', 'starlette.UploadFile': 'starlette.UploadFile' },
  values: {
    'starlette.UploadFile.filename': { source: 'user', label: "the upload's name" },
  },
  calls: {
    'fastapi.FastAPI': { returns: 'fastapi.FastAPI' },
    'fastapi.APIRouter': { returns: 'fastapi.FastAPI' },
    'starlette.applications.Starlette': { returns: 'fastapi.FastAPI' },
    'starlette.HTMLResponse': { from: 'none', returns: 'http.Response' },
    'starlette.Response': { from: 'none', returns: 'http.Response' },
    'starlette.RedirectResponse': { from: 'none', returns: 'http.Response' },
    'starlette.FileResponse': { from: 'none', returns: 'http.Response' },
    'starlette.PlainTextResponse': { from: 'none', returns: 'http.JsonResponse' },
    'starlette.JSONResponse': { from: 'none', returns: 'http.JsonResponse' },
    'starlette.UploadFile.read': { source: 'user', label: "the upload's content" },
    'fastapi.HTTPException': { from: 'none', returns: 'http.JsonResponse' },
  },
  sinks: {
    'starlette.HTMLResponse': [sink('html', 0, 'content')],
    'starlette.RedirectResponse': [sink('redirect', 0, 'url')],
    'starlette.FileResponse': [sink('path', 0, 'path')],
  },
})
