// One scenario at a time: they measure seconds, and a machine has few processors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
