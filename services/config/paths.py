"""Where things are: resources and seeds beside the code, the store and caches in the user's own folders."""

from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
RESOURCES = HOME / "resources"
SEEDS = HOME / "seeds"


def data_folder() -> Path:
    """The user's data folder (store, backups, logs), made private to the user when it is missing."""
    import platformdirs

    folder = Path(platformdirs.user_data_dir("qingyang", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cache_folder() -> Path:
    """The user's own cache folder, 0700: what is loaded from it must not be plantable by others."""
    import platformdirs

    folder = Path(platformdirs.user_cache_dir("qingyang", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def default_store() -> Path:
    return data_folder() / "qingyang.db"
