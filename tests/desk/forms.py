"""Send forms as a browser does: with the cookies and the token of the page they stand on."""

from typing import Any

from datasette.app import Datasette


async def send(
    desk: Datasette,
    jar: dict[str, str],
    page: str,
    action: str,
    form: dict[str, str],
    files: dict[str, tuple[str, bytes]] | None = None,
) -> Any:
    """Open a page for its token, then post a form to an address."""
    opened = await desk.client.get(page, cookies=jar)
    token = opened.cookies.get("ds_csrftoken") or ""
    both = {**jar, "ds_csrftoken": token}
    data = {**form, "csrftoken": token}
    return await desk.client.post(action, data=data, files=files, cookies=both)
