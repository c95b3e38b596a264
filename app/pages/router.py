"""All pages of a house on one router, and the doors that the application uses."""

from fastapi import APIRouter, Depends

from app.house import House
from app.pages.assets import mount_static
from app.pages.citizen import CitizenPages
from app.pages.clearing import ClearingPages
from app.pages.errors import page_error
from app.pages.files import FilePages
from app.pages.frame import Frame
from app.pages.scanning import ScanPages
from app.pages.sign_in import SignInPages

__all__ = ["mount_static", "page_error", "pages_router"]


def pages_router(house: House) -> APIRouter:
    """Return the router of all pages; they are no part of the API's description."""
    frame = Frame(house)
    router = APIRouter(include_in_schema=False, dependencies=[Depends(frame.remember)])
    for pages in (CitizenPages, SignInPages, ScanPages, ClearingPages, FilePages):
        router.include_router(pages(frame).router())
    return router
