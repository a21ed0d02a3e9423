Hardware, components and monitors of computers are an addon of their own, without OCS.
