Rules, settings and links act only within the companies of the users who write them, and
imports update no asset of a company that nobody approved.
