"""What happens because time passes: stateless ticks that ask the desk."""
