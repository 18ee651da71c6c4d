"""The words after `kith`, one module each: add_arguments(parser) and run(options)."""
