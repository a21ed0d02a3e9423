Linking an asset keeps its properties, OCS empties only what it has filled, and the
chatter tells what it empties. An archived backend is quiet.
