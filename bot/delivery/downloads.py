"""Reads what stands elsewhere, whole and never more than is wanted."""

import aiohttp

PIECE = 65_536


async def up_to(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return the body, or at least its first `most` bytes: one more than allowed tells too much.

    A body comes in pieces; a single read returns only those that are there by then.
    """
    content = bytearray()
    async for piece in response.content.iter_chunked(PIECE):
        content += piece
        if len(content) >= most:
            break
    return bytes(content)
