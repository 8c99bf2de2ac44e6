"""The control side of the workbench: its clock, its faults, and an administrator's powers."""
