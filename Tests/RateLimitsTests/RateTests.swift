import RateLimits
import Testing
