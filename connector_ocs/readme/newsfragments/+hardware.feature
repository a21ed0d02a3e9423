Processors, memory modules and empty slots, graphics adapters, disks, network
interfaces and volumes are lines of the asset. Its chatter tells in one message
what an import changed, and alerts leave an activity where that is chosen.
