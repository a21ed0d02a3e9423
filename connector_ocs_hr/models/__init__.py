from . import ocs_asset_merge
