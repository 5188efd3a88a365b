"""How the product is put together: settings, routes, the ASGI application, the `fengong` command line."""

from fengong.config.sqlite import use_fixed_sqlite

use_fixed_sqlite()
