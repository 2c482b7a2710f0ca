"""The Review screen: labels by suspicion, beside what a model and other people say of the same face."""
