"""The live picture of a kiosk that has no display. Mounted by the demonstration only."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>终端实时画面 · Live picture</title>'
    '<body><img src="/demo/picture" height="960" alt="终端实时画面 · Live picture of the kiosk"></body></html>'
)


def demo_routes(picture: Path) -> list[Route]:
    """A page that shows `picture` anew every second, and the picture itself."""

    def page(request: Request) -> Response:
        return HTMLResponse(_PAGE, headers={"Refresh": "1", "Cache-Control": "no-store"})

    def image(request: Request) -> Response:
        try:
            data = picture.read_bytes()
        except FileNotFoundError:
            raise HTTPException(404) from None
        return Response(data, media_type="image/png", headers={"Cache-Control": "no-store"})

    return [Route("/demo", page), Route("/demo/picture", image)]
