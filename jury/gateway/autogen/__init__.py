"""AutoGen agents over the gateway, for free discussion."""
